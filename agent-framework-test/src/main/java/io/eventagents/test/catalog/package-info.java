/**
 * The catalog of events: what the applications of a repository publish and read, as JSON Schema,
 * and whether a change breaks readers. It is made for tests; none of it runs with an agent.
 */
@NullMarked
package io.eventagents.test.catalog;

import org.jspecify.annotations.NullMarked;
