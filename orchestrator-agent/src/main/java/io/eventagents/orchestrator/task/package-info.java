/** Tasks: their rules, how they are stored, and the events about them. */
@NullMarked
package io.eventagents.orchestrator.task;

import org.jspecify.annotations.NullMarked;
