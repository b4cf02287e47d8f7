@NullMarked
package io.eventagents.orchestrator;

import org.jspecify.annotations.NullMarked;
