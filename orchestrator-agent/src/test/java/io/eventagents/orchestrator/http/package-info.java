@NullMarked
package io.eventagents.orchestrator.http;

import org.jspecify.annotations.NullMarked;
