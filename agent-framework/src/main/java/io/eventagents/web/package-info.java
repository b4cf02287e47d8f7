/**
 * What every agent application that serves HTTP gets: correlation ids, problem documents, limits,
 * and who gets in. Servlet applications only.
 */
@NullMarked
package io.eventagents.web;

import org.jspecify.annotations.NullMarked;
