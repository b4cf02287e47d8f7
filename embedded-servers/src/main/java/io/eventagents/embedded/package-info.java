/**
 * Real servers for {@code local} and for tests: a Kafka broker and a PostgreSQL server, on the
 * loopback interface only.
 */
@NullMarked
package io.eventagents.embedded;

import org.jspecify.annotations.NullMarked;
