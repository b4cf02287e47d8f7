@NullMarked
package io.eventagents.autoconfigure;

import org.jspecify.annotations.NullMarked;
