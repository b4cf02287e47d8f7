package io.eventagents.web;

import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;

/** A way to get in; what there is depends on the libraries that are present. */
interface HttpAccess {

  /** The {@code WWW-Authenticate} challenge; empty where it needs none. */
  String challenge();

  /** The challenge to whom this failure kept out. */
  default String challenge(@Nullable AuthenticationException failure) {
    return challenge();
  }

  void open(HttpSecurity http, ProblemAccess problems);
}
