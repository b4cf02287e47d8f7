/**
 * The test kit: what an agent does with an event, and what a whole application makes of it.
 *
 * <ul>
 *   <li>{@link io.eventagents.test.AgentFixture}: given an event, when an agent handles it, then it
 *       emits. No Spring, no broker; milliseconds.
 *   <li>{@link io.eventagents.test.AgentTest}: the application as it runs, on a real broker and
 *       database in the process.
 *   <li>{@link io.eventagents.test.Chains}: publishes an event there, waits until all that follows
 *       from it is at rest, and shows the chain.
 *   <li>{@link io.eventagents.test.SettableClock}: time that a test ticks.
 * </ul>
 *
 * <p>With JUnit, AssertJ and Awaitility, as {@code spring-boot-starter-test} brings them.
 */
@NullMarked
package io.eventagents.test;

import org.jspecify.annotations.NullMarked;
