@NullMarked
package io.eventagents;

import org.jspecify.annotations.NullMarked;
