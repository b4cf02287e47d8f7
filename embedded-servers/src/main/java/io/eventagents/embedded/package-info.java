/**
 * Real servers in the process, for {@code local} and for tests: a Kafka broker and a PostgreSQL
 * server, on loopback only.
 */
@NullMarked
package io.eventagents.embedded;

import org.jspecify.annotations.NullMarked;
