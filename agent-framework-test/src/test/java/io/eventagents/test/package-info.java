@NullMarked
package io.eventagents.test;

import org.jspecify.annotations.NullMarked;
