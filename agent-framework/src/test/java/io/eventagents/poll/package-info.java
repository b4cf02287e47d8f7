@NullMarked
package io.eventagents.poll;

import org.jspecify.annotations.NullMarked;
