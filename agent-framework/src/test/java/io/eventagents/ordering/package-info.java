@NullMarked
package io.eventagents.ordering;

import org.jspecify.annotations.NullMarked;
