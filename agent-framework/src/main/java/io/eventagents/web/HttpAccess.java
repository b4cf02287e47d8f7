package io.eventagents.web;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** A way to get in; what there is depends on the libraries that are present. */
interface HttpAccess {

  /** The {@code WWW-Authenticate} challenge; empty where it needs none. */
  String challenge();

  void open(HttpSecurity http, ProblemAccess problems);
}
