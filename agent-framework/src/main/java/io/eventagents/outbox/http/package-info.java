/** Parked records of the outbox, looked into, released and discarded over HTTP. */
@NullMarked
package io.eventagents.outbox.http;

import org.jspecify.annotations.NullMarked;
