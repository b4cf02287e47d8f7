/** Sends records to the broker and waits for its acknowledgement. */
@NullMarked
package io.eventagents.send;

import org.jspecify.annotations.NullMarked;
