/**
 * The test kit, for single agents and for whole applications.
 *
 * <ul>
 *   <li>{@link io.eventagents.test.AgentFixture}: given an event, when an agent handles it, then it
 *       emits events. Needs neither Spring nor a broker and runs in milliseconds.
 *   <li>{@link io.eventagents.test.AgentTest}: the complete application, on a real broker and
 *       database in the test's process.
 *   <li>{@link io.eventagents.test.Chains}: publishes an event there, waits until everything that
 *       follows is at rest, and returns the chain.
 *   <li>{@link io.eventagents.test.SettableClock}: a clock that a test can set.
 * </ul>
 *
 * <p>It uses JUnit, AssertJ and Awaitility in the versions of {@code spring-boot-starter-test}.
 */
@NullMarked
package io.eventagents.test;

import org.jspecify.annotations.NullMarked;
