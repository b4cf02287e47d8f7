/**
 * The console: pages that show chains, agents, dead letters and the evidence. Drawn on the server
 * and usable without a script; nothing that an event says is trusted, and what the catalog marks as
 * personal is masked unless the viewer has the right to see it.
 */
@NullMarked
package io.eventagents.audit.console;

import org.jspecify.annotations.NullMarked;
