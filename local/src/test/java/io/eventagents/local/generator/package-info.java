@NullMarked
package io.eventagents.local.generator;

import org.jspecify.annotations.NullMarked;
