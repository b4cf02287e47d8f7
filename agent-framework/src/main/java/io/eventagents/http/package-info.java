/**
 * For controllers of agent applications: bodies that are read strictly, and refusals that say in a
 * problem document (RFC 9457) what is wrong. Supported API of the framework.
 *
 * <p>There are no beans here: callers make what they need. What is thrown is an {@link
 * org.springframework.web.ErrorResponseException}, which Spring MVC answers in every application.
 */
@NullMarked
package io.eventagents.http;

import org.jspecify.annotations.NullMarked;
