@NullMarked
package io.eventagents.embedded;

import org.jspecify.annotations.NullMarked;
