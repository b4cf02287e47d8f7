/**
 * Events that an agent could not handle. They are kept as they came, with the reason, and their
 * chain tells of them. People look into them, replay and discard them.
 */
@NullMarked
package io.eventagents.deadletter;

import org.jspecify.annotations.NullMarked;
