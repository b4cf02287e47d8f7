@NullMarked
package io.eventagents.topic;

import org.jspecify.annotations.NullMarked;
