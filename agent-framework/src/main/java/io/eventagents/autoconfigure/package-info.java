/** The framework's auto-configurations, and its defaults for settings of Spring Boot. */
@NullMarked
package io.eventagents.autoconfigure;

import org.jspecify.annotations.NullMarked;
