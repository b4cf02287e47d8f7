@NullMarked
package io.eventagents.binding;

import org.jspecify.annotations.NullMarked;
