/**
 * What every agent application that serves HTTP gets: correlation ids, problem documents, limits
 * and access control. For servlet applications only.
 */
@NullMarked
package io.eventagents.web;

import org.jspecify.annotations.NullMarked;
