/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-local-http.h"
#include "domain/trestle-container-table.h"
#include "domain/trestle-image-facts.h"
#include "workbench/trestle-container-engine.h"
#include "workbench/trestle-container-run.h"
#include "workbench/trestle-container-samples.h"

G_BEGIN_DECLS

/* Of the container checker alone: what its parts share. */

struct _TrestleContainerRun
{
  GObject parent_instance;

  TrestleContainerPlan *plan;
  GListStore *checks;
  GListStore *pings;
  GListStore *log;
  TrestleContainerResult *result;
  DexPromise *stop; /* resolved when it is to end */
  DexFuture *done;  /* while it runs */
  gboolean running;
  gboolean stopped;

  gint64 started; /* UTC */
  gint64 begun;   /* monotonic */
  gint64 begun_serving;
  gint64 first_ping; /* monotonic, 0 before */
  gint64 ready;
  gint64 stop_time;
  gint64 image_size;
  gint64 image_layers;
  gint64 memory_peak;
  char *engine;
  GArray *calls; /* microseconds of good ones */

  TrestleLocalHttp *http;
  GPtrArray *samples;           /* of TrestleContainerSample */
  TrestleContainerSample *good; /* one that was answered with 200 */
  GBytes *good_answer;          /* with this */
  gboolean steady;              /* each time the same */
  GCancellable *cancellable;    /* of what runs on the thread pool */
  gboolean started_here;        /* by us, so that its loading can be seen */
  TrestleContainerEngine *container_engine;
  char *container; /* id of the one that is there now */
  char *way;       /* id of the one beside it that lets requests in */
  guint n_ways;
  char *model;   /* folder for /opt/ml/model; NULL where the image brings it */
  char *scratch; /* folder that goes with the run */
  gboolean multi_record;

  /* what headers of answers say of metering */
  guint metered;
  guint unmetered;
  char *metering_fault;
};

/* A part of the run. FALSE, with an error, only where it is to end: what a container does wrong is no error. */
typedef gboolean (*TrestleContainerPart) (TrestleContainerRun *self, GError **error);

gboolean trestle_container_part_ready (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_ping (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_invocations (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_attributes (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_stream (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_parameters (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_multi_record (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_concurrency (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_payload (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_unknown_path (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_unsupported_type (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_invalid_input (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_recovery (TrestleContainerRun *self, GError **error);
gboolean trestle_container_part_metering (TrestleContainerRun *self, GError **error);

/* What is checked: each fills in what it can, and fails only where there is nothing to check. */
gboolean trestle_container_check_archive (TrestleContainerRun *self, GError **error);
gboolean trestle_container_check_image (TrestleContainerRun *self, GError **error);
gboolean trestle_container_check_training (TrestleContainerRun *self, GError **error);

/** trestle_container_make: Returns: (transfer full) (nullable): id of a container that is to serve @model */
char *trestle_container_make (TrestleContainerRun *self,
                              const char *model,
                              const char *const *environment,
                              GError **error);

/**
 * trestle_container_enter: @self->http reaches port 8080 of the container, which has no network; FALSE,
 * with an error, where that cannot be, for instance as it has ended
 */
gboolean trestle_container_enter (TrestleContainerRun *self, GError **error);

/** trestle_container_remove: removes the container that is there, and keeps its log */
void trestle_container_remove (TrestleContainerRun *self);

/** trestle_container_check_vulnerabilities: asks Trivy or Grype, where one is here; @archive: a file or folder, not an image */
void trestle_container_check_vulnerabilities (TrestleContainerRun *self, gboolean archive);

/* Once more in other surroundings: as a batch job has them, and without the model. */
gboolean trestle_container_check_batch (TrestleContainerRun *self, GError **error);
gboolean trestle_container_check_no_model (TrestleContainerRun *self, GError **error);

/** trestle_container_run_served: asks what @self->http reaches everything; the wish to stop ends it */
gboolean trestle_container_run_served (TrestleContainerRun *self, GError **error);

/** trestle_container_is_alive: Returns: whether the container still runs; else @how it ended (transfer full) */
gboolean trestle_container_is_alive (TrestleContainerRun *self, char **how, GError **error);

/** trestle_container_scratch: Returns: (transfer full): a folder of that name, which is removed with the run */
char *trestle_container_scratch (TrestleContainerRun *self, const char *name);

/** trestle_container_say_logs: what the container wrote goes into the run's log */
void trestle_container_say_logs (TrestleContainerRun *self, const char *id);

/*
 * What became of a check. @title: (nullable): what was found; NULL keeps what was asked. All texts
 * are taken over.
 */
void trestle_container_begin (TrestleContainerRun *self, TrestleContainerCheckId id);
void trestle_container_pass (TrestleContainerRun *self,
                             TrestleContainerCheckId id,
                             char *title,
                             char *figure,
                             char *reason);
void trestle_container_fail (TrestleContainerRun *self,
                             TrestleContainerCheckId id,
                             char *title,
                             char *figure,
                             char *reason);
void trestle_container_skip (TrestleContainerRun *self, TrestleContainerCheckId id, char *reason);
gboolean trestle_container_has (TrestleContainerRun *self,
                                TrestleContainerCheckId id,
                                TrestleCheckState state);

/** trestle_container_say: a line of the run's log; takes @text */
void trestle_container_say (TrestleContainerRun *self, TrestleLogLevel level, char *text);

/**
 * TrestleContainerReply: what a call brought: an answer, or why there was none, in words
 */
typedef struct
{
  TrestleLocalAnswer *answer;
  char *reason;
  gboolean timed_out;
  gboolean refused; /* nothing listens there */
} TrestleContainerReply;

void trestle_container_reply_clear (TrestleContainerReply *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleContainerReply, trestle_container_reply_clear)

/** trestle_container_reply_status: Returns: the HTTP status; 0 without an answer */
guint trestle_container_reply_status (const TrestleContainerReply *reply);

/** trestle_container_reply_said: Returns: (transfer full): "answered with 500: Traceback …", or why it did not */
char *trestle_container_reply_said (const TrestleContainerReply *reply);

/** trestle_container_send: a call that is under way; to be taken by trestle_container_take() */
DexFuture *trestle_container_send (TrestleContainerRun *self, const TrestleLocalRequest *request);

/** trestle_container_take: awaits what trestle_container_send() gave, of which it takes the reference */
gboolean trestle_container_take (TrestleContainerRun *self,
                                 const TrestleLocalRequest *request,
                                 DexFuture *future,
                                 TrestleContainerReply *reply,
                                 GError **error);

/** trestle_container_call: both at once */
gboolean trestle_container_call (TrestleContainerRun *self,
                                 const TrestleLocalRequest *request,
                                 TrestleContainerReply *reply,
                                 GError **error);

/** trestle_container_invoke: POST /invocations; @extra: (nullable): more headers, %NULL at the end */
gboolean trestle_container_invoke (TrestleContainerRun *self,
                                   const char *type,
                                   GBytes *body,
                                   const char *const *extra,
                                   TrestleContainerReply *reply,
                                   GError **error);

/** trestle_container_ping: GET /ping, kept among the answers; @msec: time it has */
gboolean trestle_container_ping (TrestleContainerRun *self,
                                 const char *phase,
                                 guint msec,
                                 TrestleContainerReply *reply,
                                 GError **error);

/** trestle_container_wait: @msec pass; FALSE where the run is to end */
gboolean trestle_container_wait (TrestleContainerRun *self, guint msec, GError **error);

/** trestle_container_has_good: Returns: whether a sample was answered with 200; else @id is skipped */
gboolean trestle_container_has_good (TrestleContainerRun *self, TrestleContainerCheckId id);

/** trestle_container_declared: Returns: (transfer none): a type that the container takes, for inputs that are made up */
const char *trestle_container_declared (TrestleContainerRun *self);

G_END_DECLS
