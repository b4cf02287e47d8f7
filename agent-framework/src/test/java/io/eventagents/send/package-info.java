@NullMarked
package io.eventagents.send;

import org.jspecify.annotations.NullMarked;
