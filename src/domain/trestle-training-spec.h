/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-hyperparameter.h"
#include "domain/trestle-training-channel.h"
#include "domain/trestle-training-metric.h"

G_BEGIN_DECLS

/*
 * What an algorithm tells of its training, between SageMaker's words and ours. Source: CreateAlgorithm,
 * DescribeAlgorithm.
 */

/**
 * trestle_training_spec_read:
 * @algorithm: (nullable): input of CreateAlgorithm, or answer of DescribeAlgorithm, of any form
 * @channels: (nullable): list of #TrestleTrainingChannel to append to
 * @hyperparameters: (nullable): list of #TrestleHyperparameter to append to
 * @metrics: (nullable): list of #TrestleTrainingMetric to append to
 *
 * Appends what the training is described with; what the validation's training job is given stands
 * in the "sample" of each.
 */
void trestle_training_spec_read (JsonNode *algorithm,
                                 GListStore *channels,
                                 GListStore *hyperparameters,
                                 GListStore *metrics);

/**
 * trestle_training_spec_write:
 * @spec: a TrainingSpecification, which gets the members that are made of the lists
 */
void trestle_training_spec_write (JsonObject *spec,
                                  GListModel *channels,
                                  GListModel *hyperparameters,
                                  GListModel *metrics);

/**
 * trestle_training_spec_write_job:
 * @job: a TrainingJobDefinition, which gets TrainingInputMode, InputDataConfig and HyperParameters of
 *   the samples that the lists hold; a channel without a sample is left out
 */
void trestle_training_spec_write_job (JsonObject *job,
                                      GListModel *channels,
                                      GListModel *hyperparameters);

/**
 * trestle_hyperparameter_allows:
 * @value: a text, as training jobs are given all values
 *
 * Returns: whether type and range allow @value
 */
gboolean trestle_hyperparameter_allows (TrestleHyperparameter *self, const char *value);

/**
 * trestle_algorithm_check:
 * @algorithm: (nullable): input of CreateAlgorithm, of any form
 *
 * What SageMaker would refuse of its training, or what would fail in the validation. The rest of it
 * (names, images, inference) is as with a model package.
 *
 * Returns: (transfer full) (element-type TrestleFinding): findings by path,
 *   `TrainingSpecification.TrainingChannels[0].Name`
 */
GPtrArray *trestle_algorithm_check (JsonNode *algorithm);

G_END_DECLS
