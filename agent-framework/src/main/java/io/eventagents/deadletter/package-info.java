/**
 * Events that an agent could not handle: kept as they came, with the reason, and told in their
 * chain; read back, replayed and discarded by whoever looks after them.
 */
@NullMarked
package io.eventagents.deadletter;

import org.jspecify.annotations.NullMarked;
