/**
 * The console: pages that show chains, agents, dead letters and the evidence. They are rendered on
 * the server and work without scripts. Nothing in an event is trusted, and what the catalog marks
 * as personal is masked unless the viewer has the right to see it.
 */
@NullMarked
package io.eventagents.audit.console;

import org.jspecify.annotations.NullMarked;
