/**
 * What an operator sees: traces per event, counts, states, health, and {@code /actuator/agents}.
 */
@NullMarked
package io.eventagents.observation;

import org.jspecify.annotations.NullMarked;
