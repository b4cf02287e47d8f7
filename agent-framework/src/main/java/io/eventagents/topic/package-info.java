/** The topics that agents need: made with production settings, looked at for positions. */
@NullMarked
package io.eventagents.topic;

import org.jspecify.annotations.NullMarked;
