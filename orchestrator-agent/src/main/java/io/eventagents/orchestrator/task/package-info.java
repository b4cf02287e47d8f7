/** Tasks: what may happen to them, how they are stored, and the events that tell of it. */
@NullMarked
package io.eventagents.orchestrator.task;

import org.jspecify.annotations.NullMarked;
