/**
 * Events that an agent could not handle: kept as they came, with the reason, and told in their
 * chain.
 */
@NullMarked
package io.eventagents.deadletter;

import org.jspecify.annotations.NullMarked;
