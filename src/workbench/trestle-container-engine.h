/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libdex.h>

#include "aws/trestle-local-http.h"

G_BEGIN_DECLS

/**
 * TrestleContainerEngine:
 *
 * Podman or Docker, through the interface that both have on a Unix socket. Where Podman is installed
 * and its socket is not there, its service is started for as long as the object lives. All functions
 * that wait are for fibers.
 */
#define TRESTLE_TYPE_CONTAINER_ENGINE (trestle_container_engine_get_type ())
G_DECLARE_FINAL_TYPE (TrestleContainerEngine,
                      trestle_container_engine,
                      TRESTLE,
                      CONTAINER_ENGINE,
                      GObject)

/** trestle_container_engine_open: Returns: (transfer full) (nullable): the engine; %TRESTLE_WORKBENCH_ERROR_NOT_FOUND */
TrestleContainerEngine *trestle_container_engine_open (GError **error);

/** trestle_container_engine_get_name: Returns: (transfer none): "Podman 5.4" */
const char *trestle_container_engine_get_name (TrestleContainerEngine *self);

/** trestle_container_engine_get_address: Returns: (transfer none): as DOCKER_HOST has it: "unix:///run/docker.sock" */
const char *trestle_container_engine_get_address (TrestleContainerEngine *self);

/**
 * trestle_container_engine_ask:
 * @path: below the version: "/containers/json?all=true"
 * @body: (nullable) (transfer full): JSON
 * @msec: time it has
 *
 * Returns: (transfer full) (nullable): the answer; %TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
 *   %TRESTLE_WORKBENCH_ERROR_FAILED with the engine's own words
 */
TrestleLocalAnswer *trestle_container_engine_ask (TrestleContainerEngine *self,
                                                  const char *method,
                                                  const char *path,
                                                  JsonNode *body,
                                                  guint msec,
                                                  GError **error);

/** trestle_container_engine_json: GET @path; Returns: (transfer full) (nullable): its JSON */
JsonNode *
trestle_container_engine_json (TrestleContainerEngine *self, const char *path, GError **error);

/**
 * TrestleContainerState: how a container is
 */
typedef struct
{
  gboolean running;
  int exit_code;
  gint64 pid; /* on this computer */
} TrestleContainerState;

/**
 * trestle_container_engine_create:
 * @command: what SageMaker starts it with: "serve", "train"
 * @binds: (nullable): "/on/this/computer:/in/the/container:ro"
 * @environment: (nullable): "NAME=VALUE"
 *
 * Makes a container without a network, marked as ours.
 *
 * Returns: (transfer full) (nullable): its id
 */
char *trestle_container_engine_create (TrestleContainerEngine *self,
                                       const char *image,
                                       const char *command,
                                       const char *const *binds,
                                       const char *const *environment,
                                       GError **error);

/**
 * trestle_container_engine_create_beside:
 * @other: id of a container that runs
 * @image: any image that is there; nothing of it is run
 * @bind: "/on/this/computer:/in/the/container"
 * @command: what is run, with its arguments
 *
 * Makes a container, marked as ours, that shares the network of @other and nothing else. It may do
 * in @bind what this program's user may.
 *
 * Returns: (transfer full) (nullable): its id
 */
char *trestle_container_engine_create_beside (TrestleContainerEngine *self,
                                              const char *other,
                                              const char *image,
                                              const char *bind,
                                              const char *const *command,
                                              GError **error);

gboolean
trestle_container_engine_start (TrestleContainerEngine *self, const char *id, GError **error);

/** trestle_container_engine_state: fills @state */
gboolean trestle_container_engine_state (TrestleContainerEngine *self,
                                         const char *id,
                                         TrestleContainerState *state,
                                         GError **error);

/** trestle_container_engine_logs: Returns: (transfer full): what it wrote last; empty where that cannot be had */
char *trestle_container_engine_logs (TrestleContainerEngine *self, const char *id);

/** trestle_container_engine_remove: ends it at once and removes it; says in the log where it cannot */
void trestle_container_engine_remove (TrestleContainerEngine *self, const char *id);

/** trestle_container_engine_sweep: removes what a check left that was killed */
void trestle_container_engine_sweep (TrestleContainerEngine *self);

G_END_DECLS
