/** The wire format: names of event types, the envelope as JSON, the headers that repeat it. */
@NullMarked
package io.eventagents.wire;

import org.jspecify.annotations.NullMarked;
