@NullMarked
package io.eventagents.wire;

import org.jspecify.annotations.NullMarked;
