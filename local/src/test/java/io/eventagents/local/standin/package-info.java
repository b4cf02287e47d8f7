@NullMarked
package io.eventagents.local.standin;

import org.jspecify.annotations.NullMarked;
