@NullMarked
package io.eventagents.background;

import org.jspecify.annotations.NullMarked;
