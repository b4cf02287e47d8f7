@NullMarked
package io.eventagents.orchestrator.task;

import org.jspecify.annotations.NullMarked;
