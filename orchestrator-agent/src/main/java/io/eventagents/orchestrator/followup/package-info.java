/** Follow-ups: which event should follow which, what did, and what was missed. */
@NullMarked
package io.eventagents.orchestrator.followup;

import org.jspecify.annotations.NullMarked;
