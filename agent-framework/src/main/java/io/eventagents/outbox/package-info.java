/** Records that are stored in the caller's transaction and sent after its commit. */
@NullMarked
package io.eventagents.outbox;

import org.jspecify.annotations.NullMarked;
