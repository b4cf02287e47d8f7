/** What should follow an event, what did, and what was missed. */
@NullMarked
package io.eventagents.orchestrator.followup;

import org.jspecify.annotations.NullMarked;
