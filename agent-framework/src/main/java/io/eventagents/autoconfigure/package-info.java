/** Wires the framework into a Spring Boot application. */
@NullMarked
package io.eventagents.autoconfigure;

import org.jspecify.annotations.NullMarked;
