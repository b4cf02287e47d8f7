/**
 * Event Agents: agents that work together through events, each a function bean on Spring Cloud
 * Stream.
 *
 * <p>This package is all that an agent application needs to know: the {@linkplain
 * io.eventagents.Event event} and its annotations, the {@linkplain io.eventagents.Agent agent} and
 * what it may throw, and the {@linkplain io.eventagents.EventPublisher publisher} for what starts a
 * chain outside an event. {@link io.eventagents.http} is for its controllers. The other packages
 * below are internal, one per feature; nothing in them is promised to stay.
 */
@NullMarked
package io.eventagents;

import org.jspecify.annotations.NullMarked;
