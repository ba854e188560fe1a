/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-model-private.h"

G_BEGIN_DECLS

/*
 * Reads the text that build-aux/wire-table writes (the form is told there). Lines are words set
 * apart by single spaces; an indented line belongs to the operation or shape above it.
 */
typedef struct
{
  TrestleAwsModel *model;
  char *next; /* start of the next line */
  char *end;
  char *at; /* in the present line */
  guint line;
  GError **error;

  TrestleAwsOperation *operation; /* the one that is open */
  TrestleAwsShape *shape;
  GArray *operations;  /* TrestleAwsOperation */
  GArray *members;     /* TrestleAwsMember, of @shape */
  GPtrArray *values;   /* enum, of @shape */
  GHashTable *defined; /* TrestleAwsShape that have a line of their own */
} TrestleAwsReader;

/* A word of the tables and what it stands for. */
typedef struct
{
  const char *name;
  int value;
} TrestleAwsReaderName;

/* Says what is wrong with the present line. Returns: FALSE */
gboolean
trestle_aws_reader_fail (TrestleAwsReader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The pieces of a line; those that return a gboolean have said why where it is FALSE. */
char *trestle_aws_reader_word (TrestleAwsReader *self);
gboolean trestle_aws_reader_guint (TrestleAwsReader *self, const char *text, guint *value);
gboolean trestle_aws_reader_double (TrestleAwsReader *self, const char *text, double *value);
gboolean trestle_aws_reader_name (TrestleAwsReader *self,
                                  const TrestleAwsReaderName *names,
                                  gsize n,
                                  const char *text,
                                  int *value);
gboolean
trestle_aws_reader_time (TrestleAwsReader *self, const char *text, TrestleAwsTimeFormat *format);
TrestleAwsShape *trestle_aws_reader_refer (TrestleAwsReader *self, const char *name);
gboolean trestle_aws_reader_refer_next (TrestleAwsReader *self, const TrestleAwsShape **shape);

/* The lines that say what a shape is: its own, those indented below it, and its end. */
gboolean trestle_aws_reader_shape (TrestleAwsReader *self, TrestleAwsShapeKind kind);
gboolean trestle_aws_reader_shape_detail (TrestleAwsReader *self);
void trestle_aws_reader_close_shape (TrestleAwsReader *self);

G_END_DECLS
