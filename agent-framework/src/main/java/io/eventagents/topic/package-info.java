/** Creates the topics that agents need, with production settings, and reads topics. */
@NullMarked
package io.eventagents.topic;

import org.jspecify.annotations.NullMarked;
