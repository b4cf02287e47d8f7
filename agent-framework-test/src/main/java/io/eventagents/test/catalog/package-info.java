/**
 * The catalog of events: what the applications of a repository publish and read, as JSON Schema,
 * and whether a change of it breaks readers. For a test of the build; nothing of it runs with an
 * agent.
 */
@NullMarked
package io.eventagents.test.catalog;

import org.jspecify.annotations.NullMarked;
