@NullMarked
package io.eventagents.replay;

import org.jspecify.annotations.NullMarked;
