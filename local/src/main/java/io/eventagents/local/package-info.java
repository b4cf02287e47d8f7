/** All agents in one process, with Kafka, PostgreSQL and a mail server embedded. */
@NullMarked
package io.eventagents.local;

import org.jspecify.annotations.NullMarked;
