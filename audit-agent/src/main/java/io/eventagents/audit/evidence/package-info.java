/** Watches the log while the agent runs: signs, publishes and verifies it, and says how it is. */
@NullMarked
package io.eventagents.audit.evidence;

import org.jspecify.annotations.NullMarked;
