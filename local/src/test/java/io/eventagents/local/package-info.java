@NullMarked
package io.eventagents.local;

import org.jspecify.annotations.NullMarked;
