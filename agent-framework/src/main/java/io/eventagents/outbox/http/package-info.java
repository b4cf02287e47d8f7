/** Shows, releases and discards the parked records of the outbox over HTTP. */
@NullMarked
package io.eventagents.outbox.http;

import org.jspecify.annotations.NullMarked;
