@NullMarked
package io.eventagents.http;

import org.jspecify.annotations.NullMarked;
