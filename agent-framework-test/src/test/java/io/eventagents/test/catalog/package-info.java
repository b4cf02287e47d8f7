@NullMarked
package io.eventagents.test.catalog;

import org.jspecify.annotations.NullMarked;
